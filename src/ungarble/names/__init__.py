"""What the names stage needs: gazetteers, how names sound, candidates, and what speaks for them."""
