// Says which part of the version the next release increases, for projen's `bump` task: nothing, to derive it from the commits, but
// the first release is 0.1.0.
if (!process.env.LATEST_TAG) {
  console.log('0.1.0');
}
