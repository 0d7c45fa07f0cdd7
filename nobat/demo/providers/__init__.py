"""Stand-ins for SMS providers: each speaks its protocol and behaves as badly as it is told to."""
