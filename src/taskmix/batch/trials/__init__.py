"""Trials of the estimator on an invented log whose truth is known; see `taskmix.batch.verify`."""
