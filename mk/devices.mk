# Random events against a running kiosk, in simulated time (tests/flow/soak.py).
EVENTS ?= 20000
SEED ?= 1
.PHONY: soak
soak: all
	@ONETRIP_BUILD=$(abspath $(O)) $(PY) tests/flow/soak.py --events $(EVENTS) --seed $(SEED) --dir $(O)/soak
