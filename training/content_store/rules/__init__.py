"""What makes a content folder sound: values in, faults out."""
