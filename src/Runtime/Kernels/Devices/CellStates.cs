using System.Runtime.Intrinsics;
using static NoiseGen.CompilerServices.CellGroup;

namespace NoiseGen.CompilerServices;

/// <summary>The conductances of a group's cells of one sign: as programmed, as aged and as read.</summary>
/// <param name="memory">Three groups of floats.</param>
internal readonly ref struct CellStates(Span<float> memory)
{
    private readonly Span<float> _memory = memory;

    public void Store(int first, Vector512<float> programmed, Vector512<float> aged, Vector512<float> read)
    {
        programmed.StoreUnsafe(ref _memory[first]);
        aged.StoreUnsafe(ref _memory[Size + first]);
        read.StoreUnsafe(ref _memory[2 * Size + first]);
    }

    /// <summary>Holds a cell at a conductance.</summary>
    public void Stick(int cell, float conductance) =>
        _memory[cell] = _memory[Size + cell] = _memory[2 * Size + cell] = conductance;

    public Vector512<float> Programmed(int first) => Vector512.LoadUnsafe(ref _memory[first]);

    public Vector512<float> Aged(int first) => Vector512.LoadUnsafe(ref _memory[Size + first]);

    public Vector512<float> Read(int first) => Vector512.LoadUnsafe(ref _memory[2 * Size + first]);
}
