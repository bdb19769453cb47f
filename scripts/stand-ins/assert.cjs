// Stands for node:assert in undici, which calls it as a function alone: Node's own, which loads five modules, is for what fails.
module.exports = (value, message) => {
  if (!value) process.getBuiltinModule('node:assert')(value, message);
};
