namespace NoiseGen;

/// <summary>
/// A sequence of batches that a network reads block by block, on its own threads, into its own memory. A custom source derives from
/// <see cref="IndexedBatches"/>, which asks for images by number. Derive from this class only to write the lane layout directly.
/// </summary>
public abstract class BatchSource
{
    /// <summary>Shape of one image.</summary>
    public abstract Shape Shape { get; }

    /// <summary>Number of classes; labels are 0 … Classes − 1. Not used with targets.</summary>
    public abstract int Classes { get; }

    /// <summary>
    /// Images in the current batch, at least 1; 0 if there is none, before the first <see cref="MoveNext"/> and after the last.
    /// </summary>
    public abstract int Count { get; }

    /// <summary>
    /// Index of the current batch's first image in the whole sequence. Evaluation noise is drawn by this index, so that it does not depend
    /// on the batch size.
    /// </summary>
    public abstract int First { get; }

    /// <summary>Goes back before the first batch.</summary>
    /// <param name="epoch">Number of the pass, from 0. Order and augmentation depend on it.</param>
    public abstract void Start(int epoch);

    /// <summary>Goes to the next batch.</summary>
    /// <returns>False after the last one.</returns>
    public abstract bool MoveNext();

    /// <summary>The label of an image of the current batch; any number if there are targets.</summary>
    /// <param name="image">0 … Count − 1.</param>
    public abstract int Label(int image);

    /// <summary>
    /// Number of target values per image if a network learns numbers by the mean squared error; 0 (the default) if it learns classes by the
    /// cross-entropy.
    /// </summary>
    public virtual int Targets => 0;

    /// <summary>The <see cref="Targets"/> of an image of the current batch. Called by several threads at once.</summary>
    /// <param name="image">0 … Count − 1.</param>
    /// <exception cref="NotSupportedException">The source has labels.</exception>
    public virtual ReadOnlySpan<float> Target(int image) => throw new NotSupportedException($"{GetType().Name} has labels and no targets.");

    /// <summary>Whether images count differently in the loss: <see cref="Weight"/>.</summary>
    public virtual bool HasWeights => false;

    /// <summary>
    /// How much an image of the current batch counts in the loss of a training step: a finite number, at least 0. Evaluations weight all
    /// images equally.
    /// </summary>
    /// <param name="image">0 … Count − 1.</param>
    public virtual float Weight(int image) => 1f;

    /// <summary>
    /// Everything besides the data that the bits of a run depend on: <see cref="TrainingSettings"/>. Nothing is known about custom sources.
    /// </summary>
    internal virtual IReadOnlyList<(string Name, string Value)> Settings => [];

    /// <summary>Whether all values are known to be finite, because they come from bytes: a network then skips the check.</summary>
    internal virtual bool IsFinite => false;

    /// <summary>
    /// Writes the images <c>first, first + 1, …</c> of the current batch in lane layout, row × column × channel × lane. The number of lanes
    /// is <c>lanes.Length / Shape.Count</c>, 16 or 32; lanes past the end of the batch become zero. Called by several threads at once, each
    /// with its own images. A network rejects values that are not finite.
    /// </summary>
    /// <param name="first">Number of the first image, a multiple of the number of lanes.</param>
    /// <param name="lanes">Where the values go.</param>
    public abstract void Load(int first, Span<float> lanes);
}
