// Run by mongosh: makes the replica set once, and waits until it has a primary.
const members = ['mongo1', 'mongo2', 'mongo3'].map((host, _id) => ({ _id, host: `${host}:27017` }));
try {
  rs.status();
} catch (_error) {
  rs.initiate({ _id: 'rs0', members });
}
while (!db.hello().primary) sleep(500);
