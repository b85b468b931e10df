// ONNX Runtime's own telemetry. The library itself belongs to another addon of this process, `onnxruntime-node`, whose
// interface has no such switch.
#pragma once

namespace voicesync {

// Switches off the trace events of the ONNX Runtime that this process has loaded, and tells whether it has loaded one and
// that obeyed. A trace session that begins later switches them on again.
bool silenceOnnxRuntime();

}  // namespace voicesync
