#!/usr/bin/env node
// What `mxt` starts. It is written in what Node 10 can read, so that a Node that is too old
// says so in one line and loads nothing. It is not built, so that an install straight from Git has it: there dist/ is
// missing, and the command line is in the action's file, which is committed.
const OLDEST = '20.19';

const [major, minor] = process.versions.node.split('.').map(Number);
const [oldestMajor, oldestMinor] = OLDEST.split('.').map(Number);

const fail = (message) => {
  process.exitCode = 1;
  process.stderr.write(`error: ${message}\n`);
};
const failed = ({ message }) => fail(`mxt cannot be loaded: ${message}`);

if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  const { node } = process.versions;
  fail(`mxt needs Node ${OLDEST} or newer, and this is Node ${node}: ${process.execPath}`);
} else {
  try {
    require('../dist/mxt.js');
  } catch (error) {
    // What is missing within a build is an error of its own.
    const isMissing = error.code === 'MODULE_NOT_FOUND' && error.message.includes("'../dist/mxt.js'");
    if (isMissing) import('../action/index.mjs').catch(failed);
    else failed(error);
  }
}
