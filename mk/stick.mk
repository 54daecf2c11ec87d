# Service sticks: what the programs of the Makefile need more for them, and the county's tool. Included by the Makefile
# after its rules.

STICK_TOOL := tests/platform/stick-tool.c
MAINS += $(STICK_TOOL)
PKG_sync/carry :=
$(foreach d,$(filter-out $(LIB_DIRS),sync/carry firmware/service drivers/stick),$(eval $(call archive_rule,$(d))))

# The programs' own rules name their folders before this file is read: further archives come as prerequisites.
DIRS_kiosk-syncd += sync/carry
$(O)/kiosk-syncd: $(call archive,sync/carry)
DIRS_kioskctl += firmware/service drivers/stick firmware/seal
$(O)/kioskctl: $(foreach d,firmware/service drivers/stick firmware/seal,$(call archive,$(d)))
DIRS_kiosk += firmware/service drivers/stick
$(O)/kiosk: $(foreach d,firmware/service drivers/stick,$(call archive,$(d)))

ifneq ($(wildcard $(STICK_TOOL)),)
DIRS_stick-tool := tests/platform firmware/case firmware/calendar sync/carry sync/queue drivers/stick firmware/seal firmware/base
MAIN_stick-tool := $(STICK_TOOL)
$(eval $(call program_rule,stick-tool))
all: $(O)/stick-tool
endif
