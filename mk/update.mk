# Firmware updates: what the programs of the Makefile need more for them. Included by the Makefile after its rules.

$(foreach d,$(filter-out $(LIB_DIRS),firmware/update sync/update),$(eval $(call archive_rule,$(d))))
DIRS_kiosk-syncd += sync/update firmware/update
$(O)/kiosk-syncd: $(call archive,sync/update) $(call archive,firmware/update)
DIRS_kiosk += firmware/update
$(O)/kiosk: $(call archive,firmware/update)
DIRS_kioskctl += firmware/update
$(O)/kioskctl: $(call archive,firmware/update)
DIRS_county-platform += firmware/update
$(O)/county-platform: $(call archive,firmware/update)
DIRS_stick-tool += firmware/update
$(O)/stick-tool: $(call archive,firmware/update)
