"""Checks of one step's mathematics: do its passes restore the parameters, and does its update move them along z?"""

# One element in so many of each tensor is looked at.
LOOKED_AT = 1009
RESTORED_WITHIN = 1e-5


class StepWatch:
    """Remembers some parameters between the passes of a step."""

    def __init__(self, model):
        self.model = model
        self.seen = {}

    def look(self, moment):
        """Remembers the parameters as they are now."""
        self.seen[moment] = [p.data.flatten()[::LOOKED_AT].double() for p in self.model.parameters()]

    def check(self, projected_gradient, perturbation_scale, learning_rate):
        """The largest deviation of a parameter from what the algorithm says.

        Raises: AssertionError when the three passes do not restore, or the update does not move along z.
        """
        deviations = {"centre": 0.0, "restored": 0.0, "updated": 0.0}
        squares, count = 0.0, 0
        moments = ("before", "raised", "lowered", "restored", "updated")
        for before, raised, lowered, restored, updated in zip(*(self.seen[moment] for moment in moments)):
            z = (raised - before) / perturbation_scale
            expected = restored - learning_rate * projected_gradient * z
            squares, count = squares + z.square().sum().item(), count + z.numel()
            differences = {
                "centre": raised + lowered - 2 * before, "restored": restored - before, "updated": updated - expected}
            for what, difference in differences.items():
                deviations[what] = max(deviations[what], difference.abs().max().item())
        # A mean of squared standard normal values has the variance 2 / count.
        assert abs(squares / count - 1) < 6 * (2 / count) ** 0.5, f"z has the mean square {squares / count}"
        for what, deviation in deviations.items():
            assert deviation < RESTORED_WITHIN, f"parameters deviate by {deviation} ({what})"
        return max(deviations.values())
