# Boards: their programs, cross-built; units; images.  make image BOARD=virt-arm64 COUNTY=folder   (docs/board.md)

# What building and starting an image takes, beside what `make deps` installs.
IMAGE_ARCH := arm64
DEPS_IMAGE := crossbuild-essential-arm64 mmdebstrap squashfs-tools cryptsetup-bin dosfstools exfatprogs mtools fdisk e2fsprogs cpio kmod systemd \
  u-boot-tools qemu-system-arm u-boot-qemu imagemagick \
  $(addsuffix :$(IMAGE_ARCH),libsdl2-dev libsdl2-ttf-dev libusb-1.0-0-dev libsqlite3-dev libcurl4-openssl-dev libdrm-dev libjansson-dev \
    libqrencode-dev libzstd-dev libpng-dev libssl-dev libpinyin15-dev libespeak-ng-dev)
.PHONY: image-arch image-deps
image-arch:
	@dpkg --print-foreign-architectures | grep -qx $(IMAGE_ARCH) || { $(if $(filter 0,$(shell id -u)),,sudo )dpkg --add-architecture $(IMAGE_ARCH); $(APT_GET) update -q; }
image-deps: deps image-arch
	$(call install,$(DEPS_IMAGE))

# systemd's own measure of what a unit could still do, from 0 to 10 (tests/flow/test_units.py holds it).
.PHONY: exposure
exposure:
	@for u in board/common/units/*.service; do systemd-analyze security --offline=yes $$u 2>/dev/null | tail -1; done

# How large a built image is, and which package how much of it is of.
.PHONY: board-facts
board-facts:
	@for f in root.img initrd.gz Image; do printf '%10d KiB  %s\n' $$(( $$(stat -c %s build/$(or $(filter-out host,$(BOARD)),virt-arm64)/image/$$f) / 1024 )) $$f; done
	@cat build/$(or $(filter-out host,$(BOARD)),virt-arm64)/image.packages
	@$(MAKE) --no-print-directory exposure

# ---- programs of a board ------------------------------------------------------------------------------
# This Makefile, called again with the board's compiler, table and libraries.
PROGRAMS_BOARD := kiosk kiosk-syncd kioskctl pinyin speech boot-slot slot-update stick-mount board-settings out-of-service technician-console usb-gadget device-secret early splash bench
MAIN_boot-slot := board/common/programs/boot-slot.c
DIRS_boot-slot := board/common firmware/base
MAIN_stick-mount := board/common/programs/stick-mount.c
DIRS_stick-mount := board/common firmware/base
MAIN_out-of-service := board/common/programs/out-of-service.c
DIRS_out-of-service := $(BOARD_DIRS) ui/present ui/text ui/canvas firmware/slip firmware/base
# Here too: tests install updates into partitions that are files.
MAIN_slot-update := board/common/programs/slot-update.c
DIRS_slot-update := board/common firmware/update firmware/seal firmware/base
$(foreach d,$(filter-out $(LIB_DIRS) firmware/update,$(DIRS_slot-update)),$(eval $(call archive_rule,$(d))))
$(eval $(call program_rule,slot-update))
# Here too: it keeps what staff set on a desktop, in the run's own folder.
MAIN_board-settings := board/common/programs/board-settings.c
DIRS_board-settings := board/common firmware/base
$(eval $(call program_rule,board-settings))
# Here too: tests type at it.
MAIN_technician-console := board/common/programs/technician-console.c
DIRS_technician-console := board/common firmware/base
$(eval $(call program_rule,technician-console))
MAIN_usb-gadget := board/common/programs/usb-gadget.c
DIRS_usb-gadget := firmware/base
$(eval $(call program_rule,usb-gadget))
# Here too: tests have a TPM in software.
MAIN_device-secret := board/common/programs/device-secret.c
DIRS_device-secret := board/common firmware/base
$(eval $(call program_rule,device-secret))
# Here alone: it draws what splash shows.
MAIN_start-picture := board/common/programs/start-picture.c
DIRS_start-picture := board/host board/common ui/present ui/text ui/canvas firmware/slip firmware/base
# Here alone: it looks for persons on a board's whole medium (tests/board/test_stolen.py).
MAIN_find-needles := tests/board/find-needles.c
DIRS_find-needles := firmware/base
# What a bundle is: for the county's desk, too.
DIRS_kioskctl += board/common
$(O)/kioskctl: $(call archive,board/common)
ifeq ($(BOARD),host)
all: $(O)/slot-update $(O)/board-settings $(O)/technician-console $(O)/usb-gadget $(O)/device-secret $(O)/start-picture $(O)/find-needles
$(eval $(call program_rule,start-picture))
$(eval $(call program_rule,find-needles))
else
# Only tests and the simulator need these.
ALL_PKGS := $(filter-out libmicrohttpd,$(ALL_PKGS))
MAINS += $(MAIN_boot-slot) $(MAIN_stick-mount) $(MAIN_out-of-service)
$(foreach d,$(filter-out $(LIB_DIRS) $(DIRS_slot-update),$(BOARD_DIRS) $(DIRS_out-of-service)),$(eval $(call archive_rule,$(d))))
$(foreach p,boot-slot stick-mount out-of-service,$(eval $(call program_rule,$(p))))

define static_rule
$(O)/$(1): $(2)
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(Q)$$(CC) $$(filter-out -fPIE,$$(CFLAGS)) -static -o $$@ $$(filter %.c,$$^)
endef
$(eval $(call static_rule,early,board/common/programs/early.c board/common/module_list.c)) # the initramfs has no libraries
$(O)/splash: $(call objects,board/common/programs/splash.c) $(foreach d,$(BOARD_DIRS) ui/present ui/canvas firmware/base,$(call archive,$(d)))
	@echo "  LINK $@"
	$(Q)$(CC) -static -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group -ldrm -lm
$(eval $(call static_rule,bench,$(wildcard tests/board/bench/*.[ch]))) # only in a test image
.PHONY: board-programs
board-programs: $(addprefix $(O)/,$(PROGRAMS_BOARD)) $(MO)
endif

# ---- image ---------------------------------------------------------------------------------------------
# COUNTY: folder with county.conf and trust/*.pem, the county's own. BENCH=1: a test image, which believes a made-up county and
# has a bench in it (tests/board/bench); it is never shipped.
export SOURCE_DATE_EPOCH ?= 1764000000
IMAGE_O := build/$(BOARD)
IMAGE := $(IMAGE_O)/$(if $(BENCH),bench-image,image)
# VERSION: of the firmware; an update must have a higher one.
VERSION ?= $(shell sed -n 's/^.define FIRMWARE_VERSION "\(.*\)"/\1/p' firmware/base/version.h)
# The virtual board is nobody's: it may believe a made-up county.
COUNTY ?= $(if $(or $(BENCH),$(filter virt-arm64,$(BOARD))),$(IMAGE_O)/bench-county,)
QUARRY := $(IMAGE_O)/quarry
QUARRY_LISTS := board/image/packages.txt board/$(BOARD)/packages.txt

$(QUARRY)/unpacked: board/image/base $(QUARRY_LISTS)
	@mkdir -p $(@D)
	COMPONENTS=$(shell cat board/$(BOARD)/components.txt 2>/dev/null) board/image/base $(QUARRY) $(IMAGE_ARCH) $(QUARRY_LISTS)
	@touch $@

$(IMAGE_O)/bench-county/county.conf:
	@mkdir -p $(@D)/trust
	@tests/platform/make-keys $(@D)/keys > /dev/null
	@cp $(@D)/keys/trust/*.pem $(@D)/trust/
	@printf 'PLATFORM_URL=https://127.0.0.1:8443\nCASE_URL=https://county.example/case/\n' > $@

.PHONY: image image-files
image: image-deps
	@$(MAKE) --no-print-directory image-files
image-files: $(QUARRY)/unpacked $(filter $(IMAGE_O)/bench-county/county.conf,$(COUNTY)/county.conf)
	@test "$(BOARD)" != host || { echo "which board? make image BOARD=virt-arm64"; exit 1; }
	@test -f "$(COUNTY)/county.conf" || { echo "whose kiosk? COUNTY=folder with county.conf and trust/*.pem (docs/board.md)"; exit 1; }
	@PKG_CONFIG_LIBDIR=/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig $(MAKE) --no-print-directory -j$(JOBS) \
	  O=$(IMAGE_O) BOARD=$(BOARD) CC=aarch64-linux-gnu-gcc WITH_PCSC=0 board-programs
	@$(MAKE) --no-print-directory -j$(JOBS) O=$(O) BOARD=host $(O)/start-picture
	@$(O)/start-picture $(IMAGE_O)/start.runs $(IMAGE_O)/start.png
	@$(PY) board/image/root.py --quarry $(QUARRY) --build $(IMAGE_O) --board board/$(BOARD) --county $(COUNTY) \
	  --version $(VERSION) --out $(IMAGE).root --report $(IMAGE).packages $(if $(BENCH),--bench tests/board/bench)
	@$(PY) board/image/disk.py --tree $(IMAGE).root --quarry $(QUARRY) --build $(IMAGE_O) --board board/$(BOARD) --out $(IMAGE) \
	  $(if $(LEVEL),--level $(LEVEL)) $(if $(LOADER),--loader $(LOADER))
	@$(if $(BENCH),ln -sfn ../bench-county/keys $(IMAGE)/keys)
	@head -12 $(IMAGE).packages; echo "       ..."; tail -1 $(IMAGE).packages

# The image on the virtual board: boots, is touched, reads a card, prints a slip, the county opens what was handed in, staff come with
# sticks, programs hang and die, and a laptop is at its device port. In full also updates, a TPM, a hundred journeys after which the board is stolen, and as many power
# cuts as the figures need. In short, for every check: one visit, and a cut at three moments.
BOARD_TESTS := tests/board/test_board.py tests/board/test_sticks.py tests/board/test_supervision.py tests/board/test_laptop.py
BOARD_IMAGE := build/virt-arm64/bench-image
BOARD_PYTEST = rm -rf $(O)/board-check; ONETRIP_BUILD=$(abspath $(O)) ONETRIP_IMAGE=$(abspath $(BOARD_IMAGE)) ONETRIP_BOARD_OUT=$(abspath $(O))/board-check \
  $(PY) -m pytest -x -q -s -p no:cacheprovider
POWER_CUTS := $(PY) tests/board/power_cuts.py --image $(BOARD_IMAGE) --out $(O)/power-cuts
.PHONY: board-image board-images board-check board-check-full board-stolen board-short board-visit board-cuts
board-image: image-deps
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(MAKE) --no-print-directory BOARD=virt-arm64 BENCH=1 LEVEL=$(or $(LEVEL),3) image-files
# The same inputs give the same image: once more from nothing, in another folder.
.PHONY: image-twice
image-twice: board-image
	@rm -rf build/again && mkdir -p build/again
	@$(MAKE) --no-print-directory BOARD=virt-arm64 BENCH=1 LEVEL=$(or $(LEVEL),3) IMAGE_O=build/again QUARRY=build/virt-arm64/quarry \
	  COUNTY=build/virt-arm64/bench-county image-files > /dev/null
	@for part in root-hash root.img initrd.gz boot.fat start.fat; do cmp $(BOARD_IMAGE)/$$part build/again/bench-image/$$part || exit 1; done
	@echo "the same twice: root hash $$(cat $(BOARD_IMAGE)/root-hash)"; rm -rf build/again
# An image for every board, as it lies on the medium (tests/board/test_images.py). Those of real boards are not started by this.
board-images: image-twice
	@for b in virt-arm64 rpi4 rk3568; do echo "== $$b"; \
	  $(MAKE) --no-print-directory BOARD=$$b LEVEL=$(or $(LEVEL),3) COUNTY=build/virt-arm64/bench-county image-files || exit 1; done
	@$(PY) -m pytest -q -p no:cacheprovider tests/board/test_images.py
board-check: board-image
	@$(BOARD_PYTEST) $(BOARD_TESTS)
board-check-full: board-images
	@$(MAKE) --no-print-directory board-check
	@$(MAKE) --no-print-directory BOARD_TESTS="tests/board/test_updates.py tests/board/test_tpm.py" board-check
	@$(MAKE) --no-print-directory board-stolen
	@$(MAKE) --no-print-directory CYCLES=200 power-cuts
# JOURNEYS=6 is enough to see how it goes.
board-stolen:
	@$(MAKE) --no-print-directory BOARD_TESTS=tests/board/test_stolen.py board-check
CAN_BUILD_IMAGE = apt-cache show libc6-dev:$(IMAGE_ARCH) > /dev/null 2>&1
board-short: image-arch
	@if $(CAN_BUILD_IMAGE); then $(MAKE) --no-print-directory LEVEL=1 board-visit board-cuts; \
	else echo "SKIP board-short: the package archive of this machine has nothing for $(IMAGE_ARCH)"; fi
board-visit: board-image
	@$(BOARD_PYTEST) -m "not full" tests/board/test_board.py
board-cuts: board-image
	@$(POWER_CUTS) --phases "first start" "handing in" "county acknowledges"

# Cuts at random moments on a disk that loses what was not flushed (tests/board/power_cuts.py), and the control that must fail. RIGS: boards
# side by side, each with a share of the cycles and a county of its own; a start waits for the disk and for time as much as for a core.
CYCLES ?= 20
RIGS ?= $(shell echo $$(( $(JOBS) + 1 )))
.PHONY: power-cuts
power-cuts: board-image
	@rm -f $(O)/power-cuts-*.log; rigs=; for n in $$(seq $(RIGS)); do \
	  $(POWER_CUTS)-$$n --cycles $$(( ($(CYCLES) + $(RIGS) - 1) / $(RIGS) )) --seed $$n > $(O)/power-cuts-$$n.log 2>&1 & rigs="$$rigs $$!"; done; \
	is_well=true; for rig in $$rigs; do wait $$rig || is_well=false; done; tail -n 5 $(O)/power-cuts-*.log; $$is_well
	@$(POWER_CUTS)-control --cycles 3 --first 0 --control
