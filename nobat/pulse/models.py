"""Signs of life: lanes of workers, and checks that run by themselves."""

from django.db import models


class LanePulse(models.Model):
    """When one lane of one worker last had nothing to do, or took up what it is still at."""

    worker = models.CharField(max_length=100)  # host:process
    lane = models.CharField(max_length=20)
    alive_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worker", "lane"], name="one_pulse_per_worker_and_lane")
        ]

    def __str__(self) -> str:
        return f"{self.lane} of {self.worker}"


class LastCheck(models.Model):
    """What a check of the whole database has last found."""

    name = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField()
    broken = models.PositiveIntegerField()  # rules that rows break

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"
