#!/usr/bin/env python3
"""Writes the software bill of materials of a release (CycloneDX 1.5, JSON) to standard output.

    python3 deploy/sbom.py > clientele-0.1.0.cdx.json

It lists every crate that `cargo build --release --locked` builds into the program on Linux, with version, licence, checksum and
dependencies. Crates for tests are left out. The script needs cargo only.
"""

import json
import subprocess
import tomllib

TARGET = "x86_64-unknown-linux-gnu"


def main():
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", TARGET]
    data = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    with open("Cargo.lock", "rb") as lock:
        sums = {(p["name"], p["version"]): p.get("checksum") for p in tomllib.load(lock)["package"]}
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]

    def needs(node):
        kinds = lambda dep: any(kind["kind"] != "dev" for kind in dep["dep_kinds"])
        return [dep["pkg"] for dep in nodes[node]["deps"] if kinds(dep)]

    reached, waiting = set(), [root]
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting += needs(node)

    def purl(node):
        return f"pkg:cargo/{packages[node]['name']}@{packages[node]['version']}"

    def component(node):
        package = packages[node]
        found = {"type": "library", "bom-ref": purl(node), "name": package["name"], "version": package["version"], "purl": purl(node)}
        if package["license"]:
            found["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
        checksum = sums.get((package["name"], package["version"]))
        if checksum:
            found["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        return found

    own = component(root) | {"type": "application"}
    print(json.dumps({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own},
        "components": [component(node) for node in sorted(reached - {root}, key=purl)],
        "dependencies": [{"ref": purl(node), "dependsOn": sorted(map(purl, needs(node)))} for node in sorted(reached, key=purl)],
    }, indent=1))


if __name__ == "__main__":
    main()
