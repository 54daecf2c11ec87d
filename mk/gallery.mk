# Every screen as a picture, as a figure that is kept, and through the linter (tests/golden). Included by the Makefile
# after its rules.

GOLDEN_MAINS := tests/golden/gallery.c tests/golden/monkey.c
MAINS += $(GOLDEN_MAINS)
GOLDEN_DIRS := tests/golden board/host $(UI_ALL) firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/service firmware/update drivers/stick firmware/slip firmware/seal firmware/catalogue \
  firmware/card firmware/base tests/support
PKG_tests/golden := libpng libcrypto
ifeq ($(filter tests/golden,$(LIB_DIRS)),)
$(eval $(call archive_rule,tests/golden))
endif

# What is random in a kiosk counts up here, and keys are derived in one round (tests/golden/visits_ports.c, quick_keys.c).
define golden_rule
$(O)/tests/golden/$(1): $(call objects,tests/golden/$(1).c) $(foreach d,$(GOLDEN_DIRS),$(call archive,$(d)))
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(Q)$$(CC) $$(LDFLAGS) -Wl,--wrap=random_bytes,--wrap=PKCS5_PBKDF2_HMAC -o $$@ $$< -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group \
	  $$(call pkg_libs,$(GOLDEN_DIRS)) -lcmocka
endef
$(foreach p,gallery monkey,$(eval $(call golden_rule,$(p))))

GALLERY = $(O)/tests/golden/gallery --root . --locale $(O)/locale --out $(O)/gallery
MONKEYS ?= 100000
.PHONY: gallery golden lint-screens bench-screens ends monkey
# Pictures: build/gallery/index.html, and a sheet for each way a person may want it.
gallery: $(O)/tests/golden/gallery $(MO)
	@$(GALLERY) --pictures && echo "$(O)/gallery/index.html"
# The linter, and every picture against the figure kept of it: each panel on a core of its own. ACCEPT=1 after a change
# that was looked at.
golden: $(O)/tests/golden/gallery $(MO)
	@mkdir -p $(O)/gallery
	@test -n "$$($(GALLERY) --panels)"
	@$(GALLERY) --panels | xargs -P $(JOBS) -I@ \
	  $(GALLERY) --lint $(if $(ACCEPT),--accept $(O)/gallery/@.sums,--check tests/golden/pictures.txt) --panel @
	@$(if $(ACCEPT),$(GALLERY) --panels | sed 's|.*|$(O)/gallery/&.sums|' | LC_ALL=C xargs sort > tests/golden/pictures.txt)
lint-screens: $(O)/tests/golden/gallery $(MO)
	@$(GALLERY) --lint
bench-screens: $(O)/tests/golden/gallery $(MO)
	@$(GALLERY) --bench
# From every place, by every way to an end: the picture after it is that of a machine nobody has used.
ends: $(O)/tests/golden/gallery $(MO)
	@$(GALLERY) --ends
# Touches by chance: nothing may crash, leak or trap; a full run reaches every screen.
monkey: $(O)/tests/golden/monkey $(MO)
	@$(O)/tests/golden/monkey --root . --locale $(O)/locale --count $(MONKEYS)
