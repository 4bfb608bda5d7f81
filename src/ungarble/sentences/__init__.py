"""What the sentences stage needs: the model's reading of a draft, and the marks and capitals that follow from it."""
