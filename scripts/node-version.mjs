// Imported before everything else, and written so that a very old Node can still read it.
var floor = [20, 19];
var found = process.versions.node.split('.').map(Number);
if (found[0] < floor[0] || (found[0] === floor[0] && found[1] < floor[1])) {
  console.error(
    'This needs Node ' + floor.join('.') + ' or newer; here is ' + process.versions.node + '. See https://nodejs.org/',
  );
  process.exit(1);
}
