"""What differs between a content folder and what runs, and what bringing one into the other would do."""

from training.content_sync.rules.deciding import DOES_SOMETHING, Deed, InFolder, Name, Plan, Step, Stored, decide

__all__ = ["DOES_SOMETHING", "Deed", "InFolder", "Name", "Plan", "Step", "Stored", "decide"]
