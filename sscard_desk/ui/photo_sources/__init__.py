"""Step 3, beside the camera: portraits from the id card's chip, the register, a studio, a paper photo."""
