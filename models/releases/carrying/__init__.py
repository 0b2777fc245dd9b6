"""Carried releases: the answers' side alone, for a company that may not hold answers itself.

The collecting party signs what it published (`sending`) into one file (`form`, `signing`). The
company counts all of it again (`judging`) and takes in everything or nothing (`storing`), in a
child process of its own (`child`).
"""
