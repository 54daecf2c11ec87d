# Chinese by pinyin and by strokes: the pinyin helper, the only program that is linked with libpinyin, its measurements,
# and the table of rare characters. Included by the Makefile after its rules.

PINYIN := ui/input/pinyin/engine
PINYIN_MAIN := $(PINYIN)/pinyin_main.c
MAINS += $(PINYIN_MAIN)
PKG_$(PINYIN) := libpinyin
CFLAGS_$(PINYIN) = $(shell pkg-config --cflags libpinyin | sed 's/-I/-isystem /g') \
  -DPINYIN_DATA='"$(shell pkg-config --variable=pkgdatadir libpinyin)/data"'
PINYIN_DIRS := $(PINYIN) ui/input/pinyin firmware/base
$(foreach d,$(filter-out $(LIB_DIRS),$(PINYIN_DIRS) ui/input/rare),$(eval $(call archive_rule,$(d))))
DIRS_pinyin := $(PINYIN_DIRS)
MAIN_pinyin := $(PINYIN_MAIN)
$(eval $(call program_rule,pinyin))
all: $(O)/pinyin

# ---- measurements --------------------------------------------------------------------------------------
PINYIN_BENCH := tests/bench/pinyin_bench.c
MAINS += $(PINYIN_BENCH)
DIRS_pinyin_bench := ui/input/pinyin firmware/base
MAIN_pinyin_bench := $(PINYIN_BENCH)
$(eval $(call program_rule,pinyin_bench))

.PHONY: pinyin-test pinyin-bench
# What was meant, among the first 1, 5 and 10; libpinyin alone beside it.
pinyin-test: $(O)/pinyin
	@$(PY) tests/bench/pinyin_quality.py $(O)/pinyin --least 80
# Time of an answer, memory of the helper.
pinyin-bench: $(O)/pinyin $(O)/pinyin_bench
	@$(O)/pinyin_bench $(O)/pinyin tests/data/pinyin/everyday.tsv

# ---- rare characters -----------------------------------------------------------------------------------
# Built anew only when the Unihan database or the names of radicals change: the table is kept with the sources.
.PHONY: rare-table
rare-table:
	@$(PY) assets/input/make_rare.py assets/input/radicals.tsv assets/input/rare.bin
