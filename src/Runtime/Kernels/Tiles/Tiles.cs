using System.ComponentModel;

namespace NoiseGen.CompilerServices;

/// <summary>
/// The register tiles that generated kernels call: the loops in which multiplications happen.
/// A tile's accumulators are named locals, since the JIT keeps no array in registers;
/// so there is a method for every size, printed by the generator.
/// </summary>
[TileLibrary]
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Tiles;
