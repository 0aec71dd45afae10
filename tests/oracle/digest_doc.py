"""Runs the Python of docs/DIGEST.md, which asserts its own test vectors, and looks whether verify_seals.py defines the digest in the same words."""

import os
import re

docs = os.path.join(os.path.dirname(__file__), "..", "..", "docs")
with open(os.path.join(docs, "DIGEST.md"), encoding="utf-8") as file:
    block, = re.findall(r"```python\n(.*?)```", file.read(), re.DOTALL)
with open(os.path.join(docs, "verify_seals.py"), encoding="utf-8") as file:
    script = file.read()

defined = {}
exec(compile(block, "docs/DIGEST.md", "exec"), defined)
definition = block[block.index("M = "):block.index("bid = ")].strip()
assert definition in script, "verify_seals.py defines the digest in other words than docs/DIGEST.md"
print(f"{defined['digest']([defined['bid']]):032x} {defined['digest']([defined['bid'], defined['ask']]):032x}")
