"""What comes in by camera, picture or file: codes are read, told apart and shown; a person decides what counts."""
