using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The register tiles that generated kernels call: the innermost multiply-add loops. A tile's accumulators are named locals, because the
/// JIT does not keep arrays in registers. The generator therefore emits a method for every size.
/// </summary>
[TileLibrary]
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Tiles;
