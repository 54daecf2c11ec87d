# Set-up, checks and demonstrations. Building is in the Makefile.

DEPS_BUILD := build-essential pkg-config libsdl2-dev libsdl2-ttf-dev libusb-1.0-0-dev libsqlite3-dev \
  libcurl4-openssl-dev libssl-dev libjansson-dev libqrencode-dev libzstd-dev libpng-dev libmicrohttpd-dev \
  gettext fonts-noto-cjk fonts-noto-cjk-extra fonts-hanazono fonts-material-design-icons-iconfont \
  openssl python3 zbar-tools
DEPS_CHECK := clang clang-format clang-tidy cppcheck libclang-rt-14-dev libcmocka-dev python3-pytest chromium \
  chromium-driver curl umockdev libumockdev-dev

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
