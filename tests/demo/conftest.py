from tests.demo.serving import prepared_demo

__all__ = ["prepared_demo"]
