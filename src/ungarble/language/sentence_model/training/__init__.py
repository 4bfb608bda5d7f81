"""How the sentence model is trained: needs PyTorch (``pip install ungarble[train]``) and the texts."""
