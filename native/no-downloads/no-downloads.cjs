/**
 * Takes the place of `global-agent` and `adm-zip` (`overrides` in package.json), which only the install script of
 * `onnxruntime-node` uses: it would fetch half a gigabyte of GPU libraries from elsewhere, and calls `bootstrap` first of all.
 */
exports.bootstrap = () => process.exit(0);
