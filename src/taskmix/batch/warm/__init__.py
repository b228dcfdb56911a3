"""Notebooks run in processes that are forked from one that has imported everything.

`engine` is the papermill engine that runs cells without a kernel (`shell`, `outputs`); `server` is
the process that imports (`imports`) and forks (`child`); `workers` is who gives it work.
"""
