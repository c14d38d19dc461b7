"""Speech models for telephone audio, made from Debian packages alone."""
