"""How the reader's weights were made: pairs, training, export, evaluation.

Nothing here is imported at run time. It needs torch, transformers, onnx and tantivy in an environment of its own;
`MODEL_CARD.md` beside the weights gives the commands.
"""
