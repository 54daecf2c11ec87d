# Start, touch to picture, memory and idleness beside other toolkits, in one run under Xvfb. PERF is a folder with a harness
# (harness.py, report.py, xprobe.c) and its peers; what they need is theirs. PEERS names those to run, QUICK=1 takes a
# minute each.
PEERS ?= gtk4 qml
.PHONY: peers
peers: all
	@test -f "$(PERF)/harness.py" || { echo "usage: make peers PERF=FOLDER_OF_THE_HARNESS [PEERS='gtk4 qml'] [QUICK=1]"; exit 1; }
	@mkdir -p $(O)/peers && cp -r "$(PERF)"/. $(O)/peers/ && chmod -R u+w $(O)/peers && $(MAKE) --no-print-directory -C $(O)/peers xprobe
	@sed 's,@ROOT@,$(CURDIR),g' tests/bench/peer.json > $(O)/peers/peers/kiosk.json
	@cd $(O)/peers && $(PY) harness.py peers/kiosk.json $(patsubst %,peers/%.json,$(PEERS)) --out results.json $(if $(QUICK),--quick) > harness.log && $(PY) report.py results.json
