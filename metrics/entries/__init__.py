"""The built-in measures, a file per origin: answers of employees, of customers, and records.

The texts of BAT, UBOS and UWES items are copyrighted, so only codes live here: a company asks the
questions under its own licence and brings the answers under these codes.
"""
