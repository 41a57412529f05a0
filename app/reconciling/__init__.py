"""What booklet, registry and clinic say of one child's doses, side by side, and how differences are settled."""
