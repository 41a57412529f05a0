"""What another edition or a province's overlay would change, before it is switched on."""
