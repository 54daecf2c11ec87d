# Every vector of the two device documents has the test that names it, or its reason (tests/unit/vectors.md).
.PHONY: vectors
vectors:
	@python3 mk/vectors.py && python3 mk/vectors.py --self-test

# Random events against a running kiosk, in simulated time (tests/flow/soak.py).
EVENTS ?= 20000
SEED ?= 1
.PHONY: soak
soak: all
	@ONETRIP_BUILD=$(abspath $(O)) $(PY) tests/flow/soak.py --events $(EVENTS) --seed $(SEED) --dir $(O)/soak
