using System.Runtime.Intrinsics;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>The state of an optimizer: some floats for each parameter, initially zero.</summary>
internal sealed class OptimizerState(string optimizer)
{
    private Arena[] _arenas = [];
    private int _length = -1;

    /// <summary>Allocates the state once; attaching again with the same number of parameters changes nothing.</summary>
    /// <exception cref="InvalidOperationException">It is already attached to a different number of parameters.</exception>
    public void Attach(int length, int perParameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length % Vector512<float>.Count != 0)
            throw new ArgumentException(
                $"The length of a parameter arena is a multiple of {Vector512<float>.Count}; found {length}.", nameof(length));
        if (_length == length) return;
        if (_length >= 0)
            throw new InvalidOperationException(
                $"This {optimizer} already serves a network with {_length} floats of parameters and cannot serve one "
                    + $"with {length}: an optimizer serves one network.");
        _length = length;
        _arenas = new Arena[perParameter];
        for (int i = 0; i < perParameter; i++) _arenas[i] = new(length);
    }

    /// <summary>The whole state.</summary>
    public IReadOnlyList<Arena> Arenas => _arenas;

    /// <summary>One of the state arrays, for a range of parameters.</summary>
    public Span<float> Of(int state, int start, int length) => _arenas[state].Span(start, length);

    /// <summary>Checks that a range can be updated sixteen at a time.</summary>
    public void Check(ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients, int start)
    {
        if (parameters.Length % Vector512<float>.Count != 0 || parameters.Length != gradients.Length || start % Vector512<float>.Count != 0)
            throw new ArgumentException(
                $"Parameters are updated in multiples of {Vector512<float>.Count}, with as many gradients; "
                    + $"found {parameters.Length} parameters and {gradients.Length} gradients from {start} on.");
        if ((uint)start > (uint)_length || parameters.Length > _length - start)
            throw new ArgumentException(
                $"The range {start} … {start + parameters.Length} does not lie in the {Math.Max(_length, 0)} floats "
                    + $"that this {optimizer} was attached to.");
    }
}
