# Lines of drivers/ that the unit and fault tests run, and why the others are not (tests/uncovered.txt).
.PHONY: coverage coverage-run
coverage: deps
	@rm -rf build/cov
	@$(MAKE) --no-print-directory -j$(JOBS) O=build/cov COV=1 all unit-tests
	@$(MAKE) --no-print-directory O=build/cov COV=1 coverage-run
coverage-run:
	@for t in $(UNIT_TESTS); do $$t > $(O)/coverage.log 2>&1 || { tail -20 $(O)/coverage.log; exit 1; }; done
	@mk/coverage $(O)
