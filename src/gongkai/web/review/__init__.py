"""Review before publication: the stages each organ has, who may do them, and the hints a person decides on."""
