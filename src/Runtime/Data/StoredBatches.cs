using System.Collections.Immutable;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Batches of a fixed number of stored images, in their order or in a new one for each epoch. The remainder is a smaller batch, or is
/// dropped if <see cref="DropLast"/> is set. The images are bytes (<see cref="BatchLoader"/>), floats (<see cref="FloatBatches"/>), or
/// whatever a custom source reads (<see cref="IndexedBatches"/>).
/// </summary>
public abstract class StoredBatches : BatchSource
{
    private readonly int[] _order;
    private bool _started;
    private int _first;
    private int _count;

    private protected StoredBatches(int images, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        BatchSize = batchSize;
        _order = new int[images];
    }

    /// <summary>Images in a batch, except the last.</summary>
    public int BatchSize { get; }

    /// <summary>Images in one epoch: all stored images, or as many as fill whole batches if <see cref="DropLast"/> is set.</summary>
    public int Images => DropLast ? _order.Length / BatchSize * BatchSize : _order.Length;

    /// <summary>Batches in one epoch.</summary>
    public int Batches => (int)(((long)Images + BatchSize - 1) / BatchSize);

    /// <summary>
    /// Whether an epoch leaves out the images that do not fill a batch (<c>drop_last</c> of PyTorch's <c>DataLoader</c>); false by default.
    /// With <see cref="Shuffle"/>, different images are left out in each epoch. A small batch gives poor statistics for a batch norm, and a
    /// single image after a dense layer gives none. Not for test data: the dropped images would not be counted.
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer images than a batch: none would be left.</exception>
    public bool DropLast
    {
        get;
        init
        {
            if (value && _order.Length < BatchSize)
                throw new ArgumentException(
                    $"{_order.Length} images do not fill a batch of {BatchSize}: without the last batch there is none.", nameof(value));
            field = value;
        }
    }

    /// <summary>Together with the epoch, seeds order and augmentation.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether each epoch has its own order, drawn from <see cref="Seed"/> and epoch.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Random changes of the images; none by default. For training: an evaluation should see the unchanged images.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>
    /// How much the images of each class count in the loss, and therefore in training. Empty (the default) means equal weights. As in
    /// PyTorch's <c>CrossEntropyLoss(weight)</c>: a batch's loss is Σ w·l / Σ w. <see cref="BalancedWeights"/> makes rare classes count as
    /// much as frequent ones.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many as classes, there are targets, or one is below 0 or not
    /// finite.</exception>
    public ImmutableArray<float> ClassWeights
    {
        get;
        init => field = LossWeights.OfClasses(value, Targets > 0 ? 0 : Classes);
    } = [];

    /// <summary>
    /// How much each stored image counts in the loss, in addition to the weight of its class. Empty (the default) means equal weights. Not
    /// copied: do not change it afterwards.
    /// </summary>
    /// <exception cref="ArgumentException">There are not as many as images, or one is below 0 or not finite.</exception>
    public ReadOnlyMemory<float> ImageWeights
    {
        get;
        init => field = LossWeights.OfImages(value, _order.Length);
    }

    /// <inheritdoc/>
    public sealed override bool HasWeights => ClassWeights.Length > 0 || ImageWeights.Length > 0;

    /// <inheritdoc/>
    public sealed override float Weight(int image)
    {
        float ofImage = ImageWeights.Length > 0 ? ImageWeights.Span[Stored(image)] : 1f;
        return ClassWeights.Length > 0 ? ofImage * ClassWeights[Label(image)] : ofImage;
    }

    /// <summary>The epoch that was started last, from 0.</summary>
    public int Epoch { get; private set; }

    internal override IReadOnlyList<(string Name, string Value)> Settings =>
    [
        ("images", InvariantText.Of(_order.Length)), ("batch size", InvariantText.Of(BatchSize)),
        ("order", Shuffle ? InvariantText.Of($"shuffled by seed {Seed}") : "as stored"),
        ("augmentation", Augmentation.Changes ? InvariantText.Of($"{Augmentation}, seed {Seed}") : "none"),
        ("loss weights", LossWeights.Text(ClassWeights, ImageWeights)),
    ];

    /// <inheritdoc/>
    public sealed override int Count => _count;

    /// <inheritdoc/>
    public sealed override int First => _first;

    /// <summary>Goes back before the first batch; epoch 0 needs no start.</summary>
    /// <param name="epoch">Number of the pass, from 0. Order and augmentation depend on it.</param>
    public sealed override void Start(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        (Epoch, _started) = (epoch, true);
        (_first, _count) = (0, 0);
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        if (Shuffle) Permute(_order, (uint)epoch);
    }

    /// <inheritdoc/>
    public sealed override bool MoveNext()
    {
        if (!_started) Start(epoch: 0);
        _first += _count;
        _count = Math.Min(BatchSize, Images - _first);
        return _count > 0;
    }

    /// <summary>Number of an image of the current batch in the store.</summary>
    private protected int Stored(int image)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)image, (uint)_count, nameof(image));
        return _order[_first + image];
    }

    // Fisher and Yates: every order is equally likely, except for the bias of 1 in 2^32/n from the multiplication.
    private void Permute(Span<int> order, uint epoch)
    {
        for (int last = order.Length - 1; last > 0; last--)
        {
            uint random = Philox.Generate(new((uint)last, epoch, 0, (uint)RandomStream.Order), Seed).X0;
            int other = (int)(((ulong)random * (uint)(last + 1)) >> 32);
            (order[last], order[other]) = (order[other], order[last]);
        }
    }
}
