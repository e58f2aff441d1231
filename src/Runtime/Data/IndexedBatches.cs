using System.Buffers;
using NoiseGen.CompilerServices;

namespace NoiseGen;

/// <summary>
/// Batches of images that are requested by number: the base class of custom sources. A custom source gives the number of images, writes
/// image i, and returns its label. Order, batches, <see cref="StoredBatches.DropLast"/>, augmentation, weights and the memory layout are
/// handled here.
/// </summary>
/// <remarks>
/// <code>
/// sealed class Windows(float[] signal, int length) : IndexedBatches(signal.Length - length, batchSize: 64)
/// {
///     public override Shape Shape => new(1, 1, length);            // one channel, one row
///     public override int Classes => 2;
///     protected override int LabelOf(int image) => signal[image + length] > 0 ? 1 : 0;
///     protected override void Read(int image, Span&lt;float> values) => signal.AsSpan(image, length).CopyTo(values);
/// }
/// </code>
/// A source whose images have targets overrides <see cref="BatchSource.Targets"/> and <see cref="TargetOf"/> instead of
/// <see cref="LabelOf"/>. The same number must give the same values every time, except for what is drawn by <see cref="RandomBits"/>; then
/// the same seed gives the same bits.
/// </remarks>
public abstract class IndexedBatches : StoredBatches
{
    /// <param name="images">Number of images, at least 1.</param>
    /// <param name="batchSize">Images in a batch, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    protected IndexedBatches(int images, int batchSize) : base(images, batchSize) => ArgumentOutOfRangeException.ThrowIfLessThan(images, 1);

    /// <summary>Number of classes; 1 unless overridden, which is right for targets.</summary>
    public override int Classes => 1;

    /// <summary>Writes an image. Called by several threads at once.</summary>
    /// <param name="image">Its number, 0 … images − 1.</param>
    /// <param name="values">Receives <c>Shape.Count</c> values, channel × row × column; initially zero. A network rejects values that are
    /// not finite.</param>
    protected abstract void Read(int image, Span<float> values);

    /// <summary>
    /// The class of an image, 0 … <see cref="BatchSource.Classes"/> − 1; 0 unless overridden. Called by several threads at once.
    /// </summary>
    /// <param name="image">Its number, 0 … images − 1.</param>
    protected virtual int LabelOf(int image) => 0;

    /// <summary>The targets of an image, as many as <see cref="BatchSource.Targets"/> says. Called by several threads at once.</summary>
    /// <param name="image">Its number, 0 … images − 1.</param>
    /// <exception cref="NotSupportedException">The source has labels.</exception>
    protected virtual ReadOnlySpan<float> TargetOf(int image) =>
        throw new NotSupportedException($"{GetType().Name} has labels and no targets.");

    /// <summary>
    /// Random bits for a custom augmentation: a pure function of <see cref="StoredBatches.Seed"/>, <see cref="StoredBatches.Epoch"/> and
    /// image, the same on any thread. <c>new Random((int)RandomBits(image))</c> makes a sequence of them.
    /// </summary>
    /// <param name="image">The image's number.</param>
    protected uint RandomBits(int image) =>
        Philox.Generate(new((uint)image, (uint)Epoch, 0, (uint)RandomStream.OwnAugmentation), Seed).X0;

    /// <inheritdoc/>
    public sealed override int Label(int image) => LabelOf(Stored(image));

    /// <inheritdoc/>
    public sealed override ReadOnlySpan<float> Target(int image) => TargetOf(Stored(image));

    /// <summary>Writes images in lane layout, as networks read them; there is no need to override it.</summary>
    /// <inheritdoc/>
    public override void Load(int first, Span<float> lanes)
    {
        Shape shape = Shape;
        int perElement = LaneBlock.Lanes(shape, Count, first, lanes);
        float[] buffer = ArrayPool<float>.Shared.Rent((LaneBlock.Vector + 1) * shape.Count);
        try
        {
            Span<float> sixteen = buffer.AsSpan(0, LaneBlock.Vector * shape.Count), whole = buffer.AsSpan(sixteen.Length, shape.Count);
            Span<int> starts = stackalloc int[LaneBlock.Vector];
            for (int lane = 0; lane < perElement; lane += LaneBlock.Vector)
            {
                int images = Math.Clamp(Count - first - lane, 0, LaneBlock.Vector);
                for (int i = 0; i < images; i++)
                    ReadAugmented(Stored(first + lane + i), sixteen.Slice(i * shape.Count, shape.Count), whole);
                for (int i = 0; i < images; i++) starts[i] = i * shape.Count; // an empty lane shows the first image and is masked
                FloatLanes.Load(sixteen, starts, images, shape, lanes[lane..], perElement);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private void ReadAugmented(int image, Span<float> values, Span<float> whole)
    {
        Span<float> read = Augmentation.Changes ? whole : values;
        read.Clear();
        Read(image, read);
        if (!Augmentation.Changes) return;
        (int row, int column, bool flip) = Augmentation.Draw(Seed, Epoch, image, Shape);
        FloatWindow.Show(whole, values, Shape, row, column, flip);
    }
}
