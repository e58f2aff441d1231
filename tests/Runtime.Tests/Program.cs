// Started as a child by a test.
NoiseGen.Runtime.Tests.Child.Work(args);
