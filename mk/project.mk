# Set-up, checks and demonstrations. Building is in the Makefile.

DEPS_BUILD := build-essential pkg-config libsdl2-dev libsdl2-ttf-dev libusb-1.0-0-dev libsqlite3-dev \
  libcurl4-openssl-dev libssl-dev libjansson-dev libqrencode-dev libzstd-dev libpng-dev libdrm-dev libmicrohttpd-dev libgnutls28-dev \
  gettext fonts-noto-cjk fonts-noto-cjk-extra fonts-hanazono fonts-babelstone-han fonts-material-design-icons-iconfont \
  openssl python3 libpinyin15-dev libpinyin-data
DEPS_CHECK := strace gcovr e2fsprogs systemd unicode-data clang clang-format clang-tidy cppcheck libclang-rt-14-dev libcmocka-dev python3-pytest python3-pytest-xdist python3-yaml python3-jsonschema chromium \
  chromium-driver curl zstd zbar-tools umockdev libumockdev-dev libpcsclite-dev pcscd libccid vsmartcard-vpcd swtpm tpm2-tools

APT_GET := $(if $(filter 0,$(shell id -u)),,sudo )apt-get
missing = $(shell for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q '^install ok installed' || echo $$p; done)
define install
@missing="$(call missing,$(1))"; if [ -n "$$missing" ]; then echo "installing: $$missing"; \
  $(APT_GET) update -q && DEBIAN_FRONTEND=noninteractive $(APT_GET) install -yq --no-install-recommends $$missing; fi
endef

.PHONY: deps deps-build deps-check-all deps-check
deps-build:
	$(call install,$(DEPS_BUILD))
deps: deps-build
	$(call install,$(DEPS_CHECK))
# Building without the libraries should say what to do, not fail in a header.
deps-check:
	@pkg-config --exists $(ALL_PKGS) || { echo "libraries are missing: run 'make deps' first"; exit 1; }

# ---- translations ------------------------------------------------------------------------------------
LOCALES := zh_CN
MO := $(foreach l,$(LOCALES),$(O)/locale/$(l)/LC_MESSAGES/onetrip.mo)
$(O)/locale/%/LC_MESSAGES/onetrip.mo: assets/po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check-format --check-domain -o $@ $<
all: $(MO)

# Every text of the screens is translated, and no translation is left over.
.PHONY: locale
locale: $(MO)
	@mkdir -p $(O)
	@mk/extract-texts $(O)/onetrip.pot
	@for l in $(LOCALES); do msgcmp --use-untranslated assets/po/$$l.po $(O)/onetrip.pot && \
	  test -z "$$(msgattrib --untranslated --no-obsolete assets/po/$$l.po)" || { echo "assets/po/$$l.po is not complete"; exit 1; }; done

# ---- checks ------------------------------------------------------------------------------------------
C_FILES = $(shell git ls-files '*.c' 2>/dev/null || find firmware ui drivers sync board tests -name '*.c')
H_FILES = $(shell git ls-files '*.h' 2>/dev/null || find firmware ui drivers sync board tests -name '*.h')
JOBS := $(shell nproc)

.PHONY: layers format format-check tidy cppcheck asan unit-built
layers:
	@python3 mk/layers.py && python3 mk/layers.py --self-test
format:
	@clang-format -i $(sort $(C_FILES) $(H_FILES))
format-check:
	@clang-format --dry-run -Werror $(C_FILES) $(H_FILES)
# TIDY_NODES: how far the analyser follows a function, 225,000 by itself. `make check` stops at a third, which takes half the time.
tidy: deps
	@printf '%s\n' $(filter-out tests/unit/% tests/fuzz/% tests/fault/%,$(C_FILES)) | xargs -P $(JOBS) -n 8 sh -c 'clang-tidy --quiet "$$@" -- -std=c17 -D_GNU_SOURCE -I. $(PKG_CFLAGS) $(patsubst -I%,-isystem%,$(CFLAGS_tests/umock)) $(subst ",\",$(subst ',,$(CFLAGS_ui/input/pinyin/engine))) $(if $(TIDY_NODES),-Xclang -analyzer-config -Xclang max-nodes=$(TIDY_NODES)) 2>/dev/null' tidy
	@$(MAKE) --no-print-directory cppcheck
cppcheck:
	@cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr -j $(JOBS) --enable=warning,portability \
	  --suppressions-list=mk/cppcheck.txt -D_GNU_SOURCE '-Djson_array_foreach(a,i,v)=if((v=json_array_get(a,i)))' -I. $(C_FILES)
asan: deps
	@ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) --no-print-directory O=build/asan SAN=1 unit

# Everything that must hold. What only the checks need is installed here, by `deps`. Each step says how long it took.
CHECK_STEPS := "layers format-check locale services vectors" "unit" "-j$(JOBS) O=build/asan SAN=1 unit-tests" "asan" "flow" "golden" \
  "-j$(JOBS) ends monkey MONKEYS=5000" "fuzz FUZZ_SECONDS=3" "tidy TIDY_NODES=75000" "board-short"
.PHONY: check
check: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all unit-tests
	@for step in $(CHECK_STEPS); do began=$$(date +%s); $(MAKE) --no-print-directory $$step || exit 1; \
	  echo "== $$step: $$(($$(date +%s) - began)) s"; done
	@if $(CAN_BUILD_IMAGE); then echo "check: everything holds"; else echo "check: everything holds, but no board was started (SKIP board-short)"; fi

# ---- demonstrations ----------------------------------------------------------------------------------
.PHONY: run tour
run: deps-build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec board/host/up --dir $(O)/run --build $(O); \
	else echo "There is no display here: a scripted visit instead (make tour)."; $(MAKE) --no-print-directory tour; fi
tour: deps-build
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@ONETRIP_BUILD=$(abspath $(O)) board/host/tour --out $(O)/tour

# ---- whole sessions ----------------------------------------------------------------------------------
# Whole sessions wait for each other more than for a core.
FLOW_JOBS ?= $(shell echo $$(( $(JOBS) + 4 )))
PYTEST := $(PY) -m pytest -q -p no:cacheprovider
.PHONY: flow bench
flow: all
	@ONETRIP_BUILD=$(abspath $(O)) $(PYTEST) -n $(FLOW_JOBS) --dist loadfile tests/flow
bench: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(PY) tests/bench/bench.py --build $(abspath $(O)) --out $(O)/bench.json
	@echo "== screens: redrawing, keys, strokes, scrolling"; $(MAKE) --no-print-directory bench-screens
	@$(MAKE) --no-print-directory -j$(JOBS) benches
	@echo "== ID readers: what the kiosk adds to a tap, idle polling"; $(O)/tests/bench/reader_bench
	@echo "== catalogues of many services"; $(O)/tests/bench/catalogue_bench assets/catalogue/catalogue.json
	@echo "== slips: drawn, encoded, first byte"; $(MAKE) --no-print-directory slip-bench
	@echo "== pinyin: an answer, the helper's memory"; $(MAKE) --no-print-directory pinyin-bench

# Runs of every fuzz target, their rate and what they cover. FUZZ_SECONDS=1200 is twenty minutes each.
.PHONY: fuzz-report
fuzz-report: fuzz
	@mk/fuzz-report build/fuzz

# Pictures of the README, from the gallery.
.PHONY: pictures help
pictures: gallery
	@mkdir -p docs && cd $(O)/gallery/1080x1920 && for n in attract home form-pinyin form-hand form-rare review done progress; do \
	  cp zh-light-normal/$$n.png $(CURDIR)/docs/$$n.png; done && cp zh-light-elder/home.png $(CURDIR)/docs/home-elder.png && \
	  cp en-contrast-normal/home.png $(CURDIR)/docs/home-contrast.png && \
	  cp ../1920x1080/zh-light-normal/form-pinyin.png $(CURDIR)/docs/landscape.png
help:
	@sed -n 's/^    make /  make /p' README.md
