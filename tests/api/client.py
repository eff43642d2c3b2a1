"""A client like existing scripts for Froxlor: client.py URL KEY SECRET. It lists, adds, updates, moves and deletes."""
import base64, json, sys, urllib.request

url, key, secret = sys.argv[1:]
auth = "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()


def call(command, **params):
    body = json.dumps({"command": command, "params": params}).encode()
    request = urllib.request.Request(url, body, {"Authorization": auth, "Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["data"]


before = call("Customers.listing")["count"]
added = call("Customers.add", email="py@customer.example", firstname="Py", name="Thon", new_loginname="python", diskspace=10)
call("Customers.update", id=added["customerid"], city="Berlin", traffic_ul=True)
found = call("Customers.listing", sql_search={"c.city": {"op": "=", "value": "Berlin"}}, sql_orderby={"c.loginname": "ASC"})
call("Customers.move", loginname="python", adminid=call("Admins.get", loginname="res")["adminid"])
print(json.dumps([before, [row["loginname"] for row in found["list"]], call("Customers.get", loginname="python")["adminname"]]))
call("Customers.delete", loginname="python", delete_userfiles=True)
