"""What may be done with a draft, who may review it, and how two texts are brought together: plain values in, a verdict out."""
