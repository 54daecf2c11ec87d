# The handwriting recogniser: its library, the program build/handwriting, and the model it reads.

HANDWRITING := ui/input/handwriting
HANDWRITING_MODEL := assets/handwriting/handwriting.model
LIB_$(HANDWRITING) := -lm
ifndef SAN
ifndef FUZZ
# Thousands of distances for each stroke: the inner loop is worth the optimiser's best. The generator uses the same
# features: no contraction of a * b + c, which would give other bits on other machines.
CFLAGS_$(HANDWRITING) := -O3 -fno-math-errno -ffp-contract=off
endif
endif

MAIN_handwriting := $(HANDWRITING)/handwriting_main.c
DIRS_handwriting := $(HANDWRITING) firmware/base
MAINS += $(MAIN_handwriting)
ifeq (,$(filter $(HANDWRITING),$(LIB_DIRS)))
$(eval $(call archive_rule,$(HANDWRITING)))
endif
$(eval $(call program_rule,handwriting))
all: $(O)/handwriting

# ---- the model: made from the npm package, byte for byte what is shipped ----------------------------
HANDWRITING_DATA := hanzi-writer-data-2.0.1
HANDWRITING_OUT := $(O)/handwriting-model
CFLAGS_assets/handwriting := -O3 -ffp-contract=off -fno-math-errno
$(O)/make-model: $(call objects,$(wildcard assets/handwriting/*.c)) $(call archive,$(HANDWRITING)) $(call archive,firmware/base)
	@echo "  LINK $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(call pkg_libs,firmware/base) -lm
$(HANDWRITING_OUT)/$(HANDWRITING_DATA).tgz:
	@mkdir -p $(@D)
	cd $(@D) && npm pack --silent hanzi-writer-data@2.0.1 > /dev/null
$(HANDWRITING_OUT)/strokes.tsv: $(HANDWRITING_OUT)/$(HANDWRITING_DATA).tgz assets/handwriting/prepare.py assets/handwriting/composed.txt
	$(PY) assets/handwriting/prepare.py $< $@

.PHONY: handwriting-model handwriting-test
handwriting-model: $(O)/make-model $(HANDWRITING_OUT)/strokes.tsv
	$(O)/make-model $(HANDWRITING_OUT)/strokes.tsv $(HANDWRITING_MODEL)

# Unit tests, the program as a whole, and the accuracy on ink of another hand, which is fetched once.
handwriting-test: $(O)/handwriting $(patsubst tests/%.c,$(O)/tests/%,$(wildcard tests/unit/test_handwriting*.c))
	@for t in $(filter $(O)/tests/%,$^); do $$t || exit 1; done
	@ONETRIP_BUILD=$(abspath $(O)) $(PYTEST) tests/flow/test_handwriting.py
	@$(PY) tests/bench/handwriting.py --build $(O) --out $(O)/handwriting.json
