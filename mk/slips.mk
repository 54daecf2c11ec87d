# Slips as pictures: every kind, language, size and width of paper (tests/golden/slips). Included by the Makefile after
# its rules.

SLIP_GALLERY := tests/golden/slips/slip_gallery.c
SLIP_BENCH := tests/bench/slip_bench.c
PKG_tests/golden/slips := libpng
SLIP_DIRS := tests/golden/slips board/host board/host/sim drivers/printer firmware/slip firmware/card ui/widget ui/text \
  ui/canvas ui/present firmware/base
ifeq ($(filter tests/golden/slips,$(LIB_DIRS)),)
$(eval $(call archive_rule,tests/golden/slips))
endif

DIRS_slip_gallery := $(SLIP_DIRS)
MAIN_slip_gallery := $(SLIP_GALLERY)
DIRS_slip_bench := $(SLIP_DIRS)
MAIN_slip_bench := $(SLIP_BENCH)
$(foreach p,slip_gallery slip_bench,$(eval $(call program_rule,$(p))))

.PHONY: slips slip-sums slip-bench
# The pictures, and a sheet of all of them: build/slips/contact.png.
slips: $(O)/slip_gallery
	@mkdir -p $(O)/slips
	@$(O)/slip_gallery pictures $(O)/slips
	@echo "$(O)/slips: $$(ls $(O)/slips | wc -l) pictures"
# After a change that was looked at: the new figures are the kept ones.
slip-sums: $(O)/slip_gallery
	@$(O)/slip_gallery sums > tests/golden/slips/pictures.txt
slip-bench: $(O)/slip_bench
	@$(O)/slip_bench
