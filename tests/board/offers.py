"""Updates that the county offers to the board of the power cuts, one when the other is through."""
import collections

import variants


class Updates:
    """The county's offers, one after the other."""

    def __init__(self, image, folder, count):
        self.releases = [f"1.{n}.0" for n in range(count)]
        self.offered, self.fetched = None, set()
        self.results = collections.Counter()
        for release in self.releases:
            variants.make_bundle(image, folder / f"onetrip-{release}.raucb", release, folder)

    def go_on(self, county):
        """The one that is open, or the next. False: there is no more."""
        if self.offered:
            rollout = next(r for r in county.desk("rollouts").json["rollouts"] if r["version"] == self.offered)
            if not rollout["installed"] and not rollout["failures"]:
                return True
            self.results["installed" if rollout["installed"] else "fell back"] += 1
            self.offered = None
        if not self.releases:
            return False
        self.offered = self.releases.pop(0)
        wish = {"file": f"onetrip-{self.offered}.raucb", "version": self.offered, "board": variants.BOARD, "first": "K0077", "hold_s": 0,
                "from_hour": 0, "to_hour": 0}
        answer = county.desk("rollouts", wish)
        if answer.status != 200:
            raise AssertionError(f"the county does not offer {self.offered}: {answer.body}")
        return True

    def is_fetched(self, text):
        """In this start or an earlier one."""
        if f"update-ready {self.offered}" in text:
            self.fetched.add(self.offered)
        return self.offered in self.fetched

    def stage(self, text):
        """How far it had come, by what the board has said since its start."""
        laid = f"{self.offered} lies in the other slot"
        if "OneTrip: slot" in text.partition(laid)[2]:
            return "on trial"
        return "installed" if laid in text else "being installed" if self.is_fetched(text) else "before it was fetched"
