# The speech program: the only one that links espeak-ng (GPL-3-or-later), a process of its own.

PKG_ui/speech/helper := espeak-ng sdl2
ALL_PKGS += espeak-ng
DEPS_BUILD += libespeak-ng-dev espeak-ng-data

MAIN_speech := ui/speech/helper/speech_main.c
DIRS_speech := ui/speech/helper ui/speech firmware/base
MAINS += $(MAIN_speech)
$(foreach d,$(filter-out $(LIB_DIRS),$(DIRS_speech)),$(eval $(call archive_rule,$(d))))
$(eval $(call program_rule,speech))
all: $(O)/speech
