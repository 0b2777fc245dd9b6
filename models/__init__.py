"""What Werkvloer stores, and the services that bring it in and let it out."""
