# Every service of the list has its tests or its reason (tests/flow/services.md), and every matter of the catalogue is
# walked. Included by the Makefile after its rules.

.PHONY: services matters
services:
	@python3 mk/services.py && python3 mk/services.py --self-test

# Each matter in Chinese and English, with usual and large letters, to the county's answer: build/matters/table.md.
matters: all
	@rm -rf $(O)/matters && mkdir -p $(O)/matters
	@ONETRIP_BUILD=$(abspath $(O)) ONETRIP_MATTERS=$(abspath $(O))/matters $(PYTEST) -n 2 --dist loadfile \
	  tests/flow/test_every_matter.py tests/flow/test_every_matter_english.py
	@$(PY) tests/flow/matters_table.py $(O)/matters $(O)/matters/table.md
