namespace Harden;

/// <summary>Networks that can be hardened.</summary>
internal enum NetworkChoice
{
    LeNet5,
    LeNet5MaxPool,
    LeNet5BatchNorm,
    LeNet5Qat,
    Mlp,
    Tfc,
    TfcBatchNorm,
    CnnS,
    Vgg11,
    Vgg11BatchNorm,
    Vgg11Qat,
    ResNet18,
    ResNet18Qat,
    DenseNet121,
    DenseNet,
}

/// <summary>Data to train and test with.</summary>
internal enum DataChoice
{
    Digits,
    Keywords,
    Mnist,
    Cifar10,
    ColorDigits,
}

/// <summary>Everything that the result depends on, and where it goes.</summary>
/// <param name="DataFolder">Folder of the MNIST or CIFAR-10 files; null for data that the program draws.</param>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="Sigma">Standard deviation of the training noise at every site.</param>
/// <param name="Scale">Scale c of the activation quantizers: one of their steps is about c.</param>
/// <param name="Seed">Seeds the parameters, the order of the data and all noise.</param>
/// <param name="Threads">Threads; 0 for one per processor. The result does not depend on it.</param>
/// <param name="Batch">Images in a training step.</param>
/// <param name="Repeats">Noise realisations at each level of the sweep.</param>
/// <param name="LearningRate">Adam's learning rate at the start; a cosine lowers it from epoch to epoch.</param>
/// <param name="Output">Folder for the report.</param>
/// <param name="Sites">Whether each noise site is measured alone, too.</param>
/// <param name="Seeds">Trainings of each way, with the seeds from <paramref name="Seed"/> on.</param>
internal sealed record Settings(
    NetworkChoice Network,
    DataChoice Data,
    string? DataFolder,
    int Epochs,
    float Sigma,
    float Scale,
    ulong Seed,
    int Threads,
    int Batch,
    int Repeats,
    float LearningRate,
    string Output,
    bool Sites = false,
    int Seeds = 1)
{
    /// <summary>The seeds of the trainings, in their order.</summary>
    public IEnumerable<ulong> AllSeeds => Enumerable.Range(0, Seeds).Select(i => unchecked(Seed + (ulong)i)); // behind the last one comes 0
}
