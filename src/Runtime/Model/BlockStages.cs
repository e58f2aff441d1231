using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NoiseGen;

/// <summary>
/// The stages of a block in one of the places where a network uses it. Every class with <see cref="BlockAttribute"/> derives from it.
/// </summary>
public abstract class BlockStages
{
    private StageGroups? _groups;

    /// <summary>Where the network uses the block, such as <c>Layer2[1]</c>.</summary>
    public string Path { get; private set; } = "";

    internal void Bind(StageGroups groups, string path) => (_groups, Path) = (groups, path);

    /// <summary>For generated code: a stage of the block, or its repeated block as a group.</summary>
    /// <param name="name">Name of the property.</param>
    /// <exception cref="InvalidOperationException">The block was created by its constructor and belongs to no network.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Stage StageAt(string name) => Groups.Stage($"{Path}.{name}");

    /// <summary>For generated code: the repetitions of a block in the block.</summary>
    /// <typeparam name="TBlock">The inner block.</typeparam>
    /// <param name="name">Name of the property.</param>
    /// <exception cref="InvalidOperationException">The block was created by its constructor and belongs to no network.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Blocks<TBlock> BlocksAt<TBlock>(string name)
        where TBlock : BlockStages, new() => Groups.Blocks<TBlock>($"{Path}.{name}");

    private StageGroups Groups => _groups
        ?? throw new InvalidOperationException(
            $"This {GetType().Name} belongs to no network: blocks are read from a network's property, such as net.Layer1[0].");
}

/// <summary>The repetitions of a block.</summary>
/// <typeparam name="TBlock">The block's class.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "It is read as the property's type: Blocks<BasicBlock> Layer1.")]
public sealed class Blocks<TBlock> : IReadOnlyList<TBlock>
{
    private readonly TBlock[] _blocks;
    private readonly string _path;

    // The generator reports what a block must be; a constraint here would hide its diagnostic behind a compiler error.
    internal Blocks(string path, TBlock[] blocks) => (_path, _blocks) = (path, blocks);

    /// <summary>Number of repetitions.</summary>
    public int Count => _blocks.Length;

    /// <summary>One repetition, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such repetition.</exception>
    public TBlock this[int index] => (uint)index < (uint)_blocks.Length
        ? _blocks[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"{_path} has the repetitions 0 … {_blocks.Length - 1}.");

    /// <inheritdoc/>
    public IEnumerator<TBlock> GetEnumerator() => ((IEnumerable<TBlock>)_blocks).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
